/**
 * Remembers which requests came before, for all receivers of one project. It spares work and stops replays whose body a
 * signature does not cover; what counts once is decided by `EmailEvent.id` in the host's database.
 */
export interface ReplayStore {
  /** True for exactly one of all who ask with this key within `ttlSeconds`, at the same instant too. */
  claim(key: string, ttlSeconds: number): Promise<boolean>;
  /** Forgets a claim whose request could not be stored, so that the relay's next try is not taken for a replay. */
  release(key: string): Promise<void>;
}
