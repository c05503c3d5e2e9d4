/** What is known of a request besides the request itself; the handlers fill it in and the log line is made from it. */
export interface RequestRecord {
  readonly requestId: string;
  /** The route's pattern, such as `/v1/email-providers/:id`: a path could hold anything. */
  route?: string;
  workspaceId?: string;
  /** Of the problem, where the answer is one. */
  code?: string;
  stage?: string;
}
