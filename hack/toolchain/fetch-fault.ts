/**
 * Why a `fetch` failed, in a few words: an error code such as ENOTFOUND where there is one. fetch itself says
 * "fetch failed" and hides the reason in `cause`.
 */
export function fetchFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.message;
}
