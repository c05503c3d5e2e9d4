import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { missingForSmtpSink } from "./__fixtures__/real-relay-availability.js";
import { startSmtpSink } from "./__fixtures__/start-smtp-sink.js";

describeMailServer("smtp-sink", missingForSmtpSink(), () => startSmtpSink([]), {
  lookAhead: "used",
  eightBitMime: true,
  messagesInBatch: 100,
  refuses: false,
});

describeMailServer("smtp-sink without ESMTP", missingForSmtpSink(), () => startSmtpSink(["-e"]), {
  lookAhead: "impossible",
  eightBitMime: false,
  messagesInBatch: 100,
  refuses: false,
});
