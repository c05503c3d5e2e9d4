/** For programs that were forked: not to outlive who started them. Started by hand, they just run. */
export function endWithParent(): void {
  process.once("disconnect", () => process.exit(1));
  // The channel alone is no reason to stay.
  process.channel?.unref();
}
