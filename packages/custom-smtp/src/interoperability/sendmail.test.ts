import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { missingForUnpacked } from "./__fixtures__/real-relay-availability.js";
import { startSendmail } from "./__fixtures__/start-sendmail.js";

describeMailServer("Sendmail", missingForUnpacked("usr/libexec/sendmail/sendmail"), startSendmail, {
  lookAhead: "used",
  messagesInBatch: 120,
  eightBitMime: true,
  rewritesHeader: true,
});
