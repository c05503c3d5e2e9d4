import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { startSmtpServer } from "./__fixtures__/start-smtp-server.js";

describeMailServer("smtp-server", undefined, startSmtpServer, { lookAhead: "used", eightBitMime: true });
