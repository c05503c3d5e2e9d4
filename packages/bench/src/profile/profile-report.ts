import type { LayerShares } from "./share-by-layer.js";

/** Where our time goes in one scenario. */
export interface ProfileReport {
  /** Its name. */
  readonly scenario: string;
  readonly shares: LayerShares;
}
