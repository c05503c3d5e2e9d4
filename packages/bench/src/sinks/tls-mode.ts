export type TlsMode = "none" | "starttls" | "ssl";
