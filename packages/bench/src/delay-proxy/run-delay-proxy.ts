import { endWithParent } from "../processes/end-with-parent.js";
import { type DelayProxyOptions, startDelayProxy } from "./delay-proxy.js";

const options: DelayProxyOptions = JSON.parse(process.argv[2] ?? "");
const proxy = await startDelayProxy(options);
endWithParent();
process.send?.(proxy.port);
