// A Haraka plugin: takes mail for the users that have a mailbox, and for nobody else, and delivers it there.
// Copied into the instance's plugins folder. DENY and OK are globals there (Haraka's docs/Plugins.md).
const { createWriteStream, existsSync, copyFileSync, renameSync, rmSync } = require("node:fs");
const { join } = require("node:path");

const mailboxOf = (recipient) => join(process.env.HARAKA, "mail", recipient.user);

exports.hook_rcpt = function (next, _connection, [recipient]) {
  if (!this.config.get("host_list", "list").includes(recipient.host)) {
    return next(DENY, "5.7.1 Relaying denied");
  }
  return existsSync(mailboxOf(recipient)) ? next(OK) : next(DENY, "5.1.1 No such user here");
};

// Whatever was authenticated counts as outgoing.
exports.hook_queue = deliver;
exports.hook_queue_outbound = deliver;

function deliver(next, { transaction }) {
  const complete = join(process.env.HARAKA, "mail", `${transaction.uuid}.eml`);
  const file = createWriteStream(complete);
  file.once("close", () => {
    for (const recipient of transaction.rcpt_to) {
      const mailbox = mailboxOf(recipient);
      copyFileSync(complete, join(mailbox, "tmp", transaction.uuid));
      renameSync(join(mailbox, "tmp", transaction.uuid), join(mailbox, "new", transaction.uuid));
    }
    rmSync(complete);
    next(OK);
  });
  transaction.message_stream.pipe(file);
}
