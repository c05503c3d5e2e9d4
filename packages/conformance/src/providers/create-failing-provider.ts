import {
  type ConfigSchema,
  defaultCapabilities,
  defineProvider,
  EmailError,
  type EmailErrorOptions,
  type EmailProvider,
  type PreparedMessage,
  type ProviderDefinition,
  type SendOptions,
} from "@getfluxly/email-core";
import type { FailingStep, ScriptedError } from "./failing-step.js";
import { handOver } from "./hand-over.js";
import { type LabelConfig, labelConfigSchema } from "./label-config-schema.js";
import { toAbortedError } from "./to-aborted-error.js";

export interface FailingProviderOptions {
  /** One step per `send`, in the order of the calls. Calls beyond the script succeed. */
  readonly failures: readonly FailingStep[];
  /** The same for `verify`. */
  readonly verifications?: readonly FailingStep[] | undefined;
}

/** A call that the connector got, live. */
export interface FailingCall {
  readonly method: "verify" | "send";
  /** Undefined for `verify`. */
  readonly message: PreparedMessage | undefined;
  readonly step: FailingStep;
  /** Whether `beforeHandover` has resolved: from then on, the message counts as out. */
  readonly handedOver: boolean;
}

export type FailingProviderDefinition = ProviderDefinition<
  "failing",
  ConfigSchema<LabelConfig>,
  ConfigSchema<never>,
  {
    readonly batch: false;
    readonly tags: object;
    readonly metadata: object;
    readonly idempotencyKey: false;
  }
>;

export interface FailingProvider {
  /** To be registered under `failing`; everything made from it goes through the same script. */
  readonly definition: FailingProviderDefinition;
  /** The calls, live, in order. */
  readonly calls: readonly FailingCall[];
}

/** A connector that fails as it is told, for the tests of a host. */
export function createFailingProvider(options: FailingProviderOptions): FailingProvider {
  const calls: FailingCall[] = [];
  const scripts = { send: [...options.failures], verify: [...(options.verifications ?? [])] };

  const run = async (
    method: FailingCall["method"],
    message: PreparedMessage | undefined,
    sendOptions: SendOptions,
  ): Promise<void> => {
    const step = scripts[method].shift() ?? "succeed";
    const call = { method, message, step, handedOver: false };
    calls.push(call);
    await fail(step, "before", method, sendOptions.signal);
    if (method === "send") {
      await handOver(sendOptions);
      call.handedOver = true;
    }
    await fail(step, "after", method, sendOptions.signal);
  };

  const create = ({ label = "failing" }: LabelConfig): EmailProvider => {
    let closed = false;
    let succeeded = 0;
    const checkOpen = (stage: string): void => {
      if (!closed) return;
      throw new EmailError({ code: "provider-closed", stage, message: "The provider was closed." });
    };
    return {
      verify: async ({ signal }) => {
        checkOpen("verify");
        await run("verify", undefined, { signal });
        return { authenticated: true, encrypted: true, warnings: [] };
      },
      send: async (message, sendOptions) => {
        checkOpen("send");
        await run("send", message, sendOptions);
        succeeded += 1;
        return {
          messageId: message.messageId,
          relayMessageId: `${label}-${succeeded}`,
          accepted: message.envelope.to,
          rejected: [],
          response: "250 2.0.0 Success, for once",
          warnings: [],
        };
      },
      close: async () => {
        closed = true;
      },
    };
  };

  return {
    definition: defineProvider({
      id: "failing",
      displayName: "Failing",
      configSchema: labelConfigSchema,
      secretFields: [],
      capabilities: { ...defaultCapabilities, tags: {}, metadata: {} },
      create,
    }),
    calls,
  };
}

/** Does what the step has to do at this moment, if anything. */
async function fail(
  step: FailingStep,
  moment: "before" | "after",
  stage: FailingCall["method"],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (step === "succeed") return;
  const certainty = moment === "after" && stage === "send" ? "unknown" : "not_sent";
  if ("failBeforeHandover" in step) {
    if (moment === "before") throw new EmailError(complete(step.failBeforeHandover, { stage, certainty }));
  } else if ("failAfterHandover" in step) {
    if (moment === "after") throw new EmailError(complete(step.failAfterHandover, { stage, certainty }));
  } else if ((step.when ?? "before") === moment) {
    if ("throw" in step) throw step.throw;
    await new Promise<never>((_resolve, reject) => {
      if (step.hang === "for-ever" || !signal) return;
      const abort = (): void => reject(toAbortedError(signal, stage, certainty));
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
    });
  }
}

function complete(
  error: ScriptedError,
  defaults: Pick<EmailErrorOptions, "stage" | "certainty">,
): EmailErrorOptions {
  return { message: `A scripted failure: ${error.code}.`, ...defaults, ...error };
}
