import { downloadCertificate } from "./download-certificate.js";
import type { SigningCertificate } from "./read-certificate.js";

/** SNS signs with one certificate a region at a time, and replaces it about once a year, under a new address. */
const maxCertificates = 16;
/** At the same time. Whoever knows a topic's ARN can cause some, with addresses that do not exist. */
const maxDownloads = 8;

export interface CertificateCache {
  get(url: string): Promise<SigningCertificate>;
}

/** A certificate is as trustworthy as the `fetch` that brought it, so each has its own. */
const caches = new WeakMap<typeof fetch, CertificateCache>();

export function certificatesOf(fetch: typeof globalThis.fetch): CertificateCache {
  const cache = caches.get(fetch) ?? createCertificateCache(fetch);
  caches.set(fetch, cache);
  return cache;
}

/** One download for all who ask at the same time; only what came displaces what is there. */
function createCertificateCache(fetch: typeof globalThis.fetch): CertificateCache {
  const certificates = new Map<string, SigningCertificate>();
  const downloads = new Map<string, Promise<SigningCertificate>>();

  async function download(url: string): Promise<SigningCertificate> {
    try {
      const certificate = await downloadCertificate(url, fetch);
      certificates.set(url, certificate);
      const [oldest] = certificates.keys();
      if (certificates.size > maxCertificates && oldest !== undefined) certificates.delete(oldest);
      return certificate;
    } finally {
      downloads.delete(url);
    }
  }

  return {
    async get(url) {
      const known = certificates.get(url) ?? downloads.get(url);
      if (known) return known;
      if (downloads.size >= maxDownloads) {
        throw new Error(`${maxDownloads} certificates of SNS are being downloaded; one more has to wait.`);
      }
      const coming = download(url);
      downloads.set(url, coming);
      return coming;
    },
  };
}
