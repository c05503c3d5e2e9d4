export const topicArn = "arn:aws:sns:eu-central-1:111122223333:mail-events";
export const certificateUrl =
  "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
