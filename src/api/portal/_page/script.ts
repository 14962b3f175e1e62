/**
 * What the page that opens links does in the browser. A text, not a module: the
 * page is one answer without a build, and its hash stands in its policy.
 *
 * The token leaves the address bar before anything is asked for, so that neither
 * a later page nor an extension's history has it. Nothing is opened without a
 * click: mail scanners run scripts, too.
 */
export const ACCESS_SCRIPT = String.raw`
"use strict";
(() => {
  const hash = new URLSearchParams(location.hash.slice(1));
  const token = hash.get("t") || new URLSearchParams(location.search).get("t") || "";
  history.replaceState(null, "", location.pathname);

  const texts = JSON.parse(document.getElementById("texts").textContent);
  const language = (navigator.languages || []).map((l) => l.slice(0, 2)).find((l) => texts[l]) || "en";
  const text = (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  document.documentElement.lang = language;
  document.title = text("title");

  const main = document.querySelector("main");
  const make = (tag, content, props = {}) => Object.assign(document.createElement(tag), { textContent: content }, props);
  const show = (...nodes) => { main.replaceChildren(...nodes); main.focus(); };
  const say = (key, values) => make("p", text(key, values));
  const button = (key, action, props = {}) => {
    const node = make("button", text(key), { type: "button", ...props });
    node.addEventListener("click", async () => {
      node.disabled = true;
      try { await action(); } catch { show(say("failed"), button(key, action, props)); }
    });
    return node;
  };

  let key = "";
  let session = "";
  let email = "";
  const call = async (method, path, body) => {
    const response = await fetch(path, {
      method,
      headers: {
        "x-publishable-api-key": key,
        ...(body && { "content-type": "application/json" }),
        ...(session && { authorization: "Bearer " + session }),
      },
      body: body && JSON.stringify(body),
      referrerPolicy: "no-referrer",
      credentials: "omit",
    });
    return { status: response.status, data: await response.json().catch(() => ({})) };
  };

  const tenantOf = () => {
    try {
      const payload = token.split(".")[2].replace(/-/g, "+").replace(/_/g, "/");
      return String(JSON.parse(atob(payload)).t);
    } catch { return ""; }
  };

  const refused = ({ status, data }) => {
    if (status === 429) return show(say("busy"));
    if (data.code === "portal_link_used") return show(say("used"));
    if (data.code === "portal_link_expired") {
      const again = button("recover", async () => {
        const { status } = await call("POST", "/store/portal/sessions/recover", { token });
        show(say(status === 202 ? "recovered" : status === 429 ? "busy" : "expired"));
      });
      return show(say("expired"), ...(data.details?.recoverable ? [again] : []));
    }
    show(say("invalid"));
  };

  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(24)), (b) => b.toString(16).padStart(2, "0")).join("");
  const open = async () => {
    const answer = await call("POST", "/store/portal/sessions/exchange", { token, nonce });
    if (answer.status !== 201) return refused(answer);
    session = answer.data.token;
    if (answer.data.portal_session.mfa_state === "pending") return askSecondFactor();
    await home(answer.data.portal_session);
  };

  const askSecondFactor = (problem) => {
    const input = make("input", "", { autocomplete: "one-time-code", inputMode: "numeric", required: true, maxLength: 64 });
    const label = make("label", text("code"));
    label.append(input);
    const confirm = button("confirm", async () => {
      const { data, status } = await call("POST", "/store/portal/session/mfa", { code: input.value.trim() });
      if (status !== 200) return askSecondFactor(status === 429 ? "busy" : "wrongCode");
      session = data.token;
      await home((await call("GET", "/store/portal/session")).data.portal_session);
    });
    show(...(problem ? [say(problem)] : []), say("mfa"), label, confirm);
    input.focus();
  };

  const home = async (portalSession) => {
    const { data, status } = await call("GET", "/store/portal/subscriptions");
    const list = make("ul", "");
    for (const one of data.subscriptions ?? []) {
      const item = make("li", "");
      item.append(make("strong", (one.items ?? []).map((i) => i.title ?? i.product_title ?? "").filter(Boolean).join(", ") || one.plan?.name || ""));
      if (one.next_charge) {
        const amount = new Intl.NumberFormat(language, { style: "currency", currency: one.next_charge.currency_code }).format(one.next_charge.amount);
        const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(one.next_charge.date));
        item.append(make("span", text("next", { amount, date })));
      }
      list.append(item);
    }
    const nodes = [say("signedIn", { email })];
    if (status === 200) {
      nodes.push(make("h2", text("subscriptions")), data.subscriptions.length ? list : say("none"));
    }
    if (portalSession.return_url) {
      nodes.push(make("a", text("back"), { href: portalSession.return_url, rel: "noreferrer" }));
    }
    nodes.push(button("signOut", async () => {
      await call("DELETE", "/store/portal/session");
      session = "";
      show(say("signedOut"));
    }, { className: "plain" }));
    show(...nodes);
  };

  const start = async () => {
    const response = await fetch("/portal/config?tenant_id=" + encodeURIComponent(tenantOf()), { credentials: "omit" });
    if (!response.ok) return show(say("invalid"));
    const { portal } = await response.json();
    key = portal.publishable_key;
    document.querySelector("header").textContent = portal.branding.name;
    document.documentElement.style.setProperty("--primary", portal.branding.primary_color);
    const preview = await call("POST", "/store/portal/sessions/preview", { token });
    if (preview.status !== 200) return refused(preview);
    email = preview.data.link.email;
    show(say("ready", { email }), button("continue", open));
  };
  show(say("checking"));
  start().catch(() => show(say("failed")));
})();
`
