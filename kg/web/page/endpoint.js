// Ask the endpoint of this host, and nobody else.

// As much as a page can show at once; a link to a download has no such limit.
export const MOST = 10_000;
// The server takes request lines of 8,190 characters.
export const LONGEST = 8_000;
const ACCEPT = "application/sparql-results+json, text/turtle, application/problem+json;q=0.9";

export function address(endpoint, fields) {
  return `${endpoint}?${new URLSearchParams(fields)}`;
}

export async function ask(endpoint, query, signal) {
  const fields = { query, "max-rows": MOST };
  const link = address(endpoint, fields);
  const options = { headers: { Accept: ACCEPT }, signal, referrerPolicy: "no-referrer" };
  const response =
    link.length <= LONGEST
      ? await fetch(link, options)
      : await fetch(endpoint, { ...options, method: "POST", body: new URLSearchParams(fields) });
  const { ok, status, statusText, headers } = response;
  return { ok, status, statusText, headers, content: await response.text() };
}
