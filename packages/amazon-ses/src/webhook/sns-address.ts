/**
 * Hosts of SNS, as whole texts: nothing is left to how two parsers read an address. A region has no digit but at its end, so
 * that `sns.s3-us-west-2.amazonaws.com`, where the bucket `sns` would answer, is none.
 */
const host = String.raw`^https://sns\.[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?`;

const certificate = new RegExp(String.raw`${host}/SimpleNotificationService-[\da-f]{1,64}\.pem$`);
const confirmation = new RegExp(String.raw`${host}/\?Action=ConfirmSubscription&[!-~]+$`);

/** Whether this is where SNS keeps its signing certificates. */
export const isCertificateAddress = (url: string): boolean => certificate.test(url);

/** Whether opening this does nothing but confirm a subscription at SNS. */
export const isConfirmationAddress = (url: string): boolean => confirmation.test(url);
