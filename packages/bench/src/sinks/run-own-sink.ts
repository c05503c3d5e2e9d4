import { endWithParent } from "../processes/end-with-parent.js";
import { type OwnSinkOptions, startOwnSink } from "./own-sink.js";

const options: OwnSinkOptions = JSON.parse(process.argv[2] ?? "");
const sink = await startOwnSink(options);
process.on("message", () => process.send?.(sink.count()));
endWithParent();
process.send?.(sink.port);
