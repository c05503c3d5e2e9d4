import { type JsonObject, textOf } from "@getfluxly/email-core/webhook";
import { readRecipients } from "./read-recipients.js";
import type { Reading } from "./reading.js";

/** Reports that are no complaint of a person: "this is not spam", and one about failed authentication (RFC 6591). */
const noComplaints: readonly (string | undefined)[] = ["not-spam", "auth-failure"];

/**
 * SES lists every recipient at the complaining domain, and not the one who complained: one event. Without a list it is
 * one of those that the mail went to.
 */
export function readComplaint(complaint: JsonObject, destination: readonly string[]): Reading[] {
  const named = readRecipients(complaint.complainedRecipients).map(({ address }) => address);
  const recipients = named.length > 0 ? named : destination;
  const [feedbackType, subType] = [
    textOf(complaint.complaintFeedbackType),
    textOf(complaint.complaintSubType),
  ];
  const nativeType = ["Complaint", subType ?? feedbackType].filter((word) => word !== undefined).join("/");
  const shared = { nativeType, recipients };
  // Never tried, because of an earlier complaint.
  if (subType === "OnAccountSuppressionList") {
    return [{ ...shared, type: "rejected", reject: { reason: "suppressed" } }];
  }
  if (noComplaints.includes(feedbackType)) return [{ ...shared, type: "other" }];
  const userAgent = textOf(complaint.userAgent);
  const details = {
    ...(feedbackType !== undefined && { feedbackType }),
    ...(userAgent !== undefined && { userAgent }),
  };
  return [{ ...shared, type: "complained", complaint: details }];
}
