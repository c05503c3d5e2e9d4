"""Debian's aiosmtpd with a Maildir for each user: PORT MAX_BYTES SMTPUTF8(0 or 1) FOLDER USER..."""

import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP

port, max_bytes, smtputf8, folder, *users = sys.argv[1:]


def say(*words):
    print(*words, flush=True)


class Handler:
    taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        user, _, domain = address.rpartition("@")
        if domain != "example.test":
            return "550 5.7.1 Relaying denied"
        if user not in users:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Handler.taken += 1
        name = str(Handler.taken)
        for address in envelope.rcpt_tos:
            mailbox = os.path.join(folder, address.rpartition("@")[0])
            with open(os.path.join(mailbox, "tmp", name), "wb") as file:
                file.write(envelope.original_content)
            os.rename(os.path.join(mailbox, "tmp", name), os.path.join(mailbox, "new", name))
        say("taken")
        return "250 OK as " + name


class Server(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        say("opened")

    def connection_lost(self, error):
        super().connection_lost(error)
        say("closed", error)

    async def smtp_QUIT(self, arg):
        say("quit")
        await super().smtp_QUIT(arg)

    async def push(self, status):
        if status[:1] == "5" and status[:3] != "550":
            say("complaint", status)
        await super().push(status)


async def main():
    def create():
        utf8 = smtputf8 == "1"
        return Server(Handler(), hostname="mail.example.test", data_size_limit=int(max_bytes), enable_SMTPUTF8=utf8)

    server = await asyncio.get_running_loop().create_server(create, "127.0.0.1", int(port))
    await server.serve_forever()


asyncio.run(main())
