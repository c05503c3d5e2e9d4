export { EmailError, type EmailErrorOptions, isEmailError, toFailure } from "./email-error.js";
export { type EmailErrorCode, emailErrorCodes } from "./email-error-code.js";
