import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { missingForAiosmtpd } from "./__fixtures__/real-relay-availability.js";
import { startAiosmtpd } from "./__fixtures__/start-aiosmtpd.js";

describeMailServer("aiosmtpd", missingForAiosmtpd(), startAiosmtpd, {
  lookAhead: "impossible",
  eightBitMime: true,
  messagesInBatch: 100,
});
