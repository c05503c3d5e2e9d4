/**
 * The part of Standard Schema and Standard JSON Schema that connectors use, as types only, so that the contract
 * imports no validator. zod 4.6 and newer satisfy it as they are.
 * Source: https://standardschema.dev
 */
export interface ConfigSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    /** Unknown keys must be an issue: a misspelt setting that is silently dropped is a setting not applied. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly jsonSchema: {
      readonly input: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown>;
    };
  };
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

export interface SchemaIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

type TypesOf<Schema extends ConfigSchema> = NonNullable<Schema["~standard"]["types"]>;

/** What a user writes and the host stores: wire names, before defaults. */
export type ConfigInput<Schema extends ConfigSchema> = TypesOf<Schema>["input"];

/** What `create` receives: checked, with defaults. */
export type Config<Schema extends ConfigSchema> = TypesOf<Schema>["output"];

type KeyOfEachMember<T> = T extends unknown ? keyof T & string : never;

/** A key of any member of the config input: secrets are named as they are stored, shown and redacted. */
export type SecretField<Schema extends ConfigSchema> = KeyOfEachMember<ConfigInput<Schema>>;
