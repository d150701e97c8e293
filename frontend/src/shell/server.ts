/** Talking to the server: every request and form carries the present CSRF token. */

/** The token of the cookie: another tab may have signed in anew since this page was made. */
function token(): string {
  const { csrf, csrfCookie } = document.body.dataset;
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${csrfCookie}=`));
  return found ? found.slice(found.indexOf("=") + 1) : (csrf ?? "");
}

export function post(url: string, values: URLSearchParams, options: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: values,
    redirect: "error",
    ...options,
    headers: { "X-CSRFToken": token(), ...options.headers },
  });
}

export function startTokens(): void {
  document.body.addEventListener("htmx:configRequest", (event) => {
    (event as CustomEvent).detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener(
    "submit",
    (event) => {
      const field = (event.target as HTMLFormElement).elements.namedItem("csrfmiddlewaretoken");
      if (field instanceof HTMLInputElement) field.value = token();
    },
    true,
  );
}
