import { downloadCertificate } from "./download-certificate.js";
import type { SigningCertificate } from "./read-certificate.js";

/** SNS signs with one certificate a region at a time, and replaces it about once a year, under a new address. */
const maxCertificates = 16;

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

/** One download for all who ask at the same time; what failed is not kept. */
function createCertificateCache(fetch: typeof globalThis.fetch): CertificateCache {
  const certificates = new Map<string, Promise<SigningCertificate>>();
  return {
    get(url) {
      const known = certificates.get(url);
      if (known) return known;
      const coming = downloadCertificate(url, fetch);
      certificates.set(url, coming);
      coming.catch(() => certificates.delete(url));
      const [oldest] = certificates.keys();
      if (certificates.size > maxCertificates && oldest !== undefined) certificates.delete(oldest);
      return coming;
    },
  };
}
