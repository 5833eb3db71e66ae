import type { ConsoleMessage, Page } from 'playwright-core';

/** Notes of the machine's software renderer; a real graphics card makes none of them. */
const harmless = [/GL Driver Message/, /WebGL.*(software|swiftshader)/i];

function words(message: ConsoleMessage): string {
  const { url } = message.location();
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return `${message.type()}: ${message.text()} ${path}`.trim();
}

/**
 * Gathers what the page complains of: errors and warnings in its console (a broken content security policy is one), exceptions
 * nobody caught, answers of 500 and above. The list grows while the page lives.
 */
export function watch(page: Page, provoked: readonly RegExp[]): string[] {
  const complaints: string[] = [];
  const note = (said: string) => {
    if (![...harmless, ...provoked].some((pattern) => pattern.test(said))) complaints.push(said);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(words(message));
  });
  page.on('pageerror', (error) => note(`exception: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 500) note(`answer: ${answer.status()} ${new URL(answer.url()).pathname}`);
  });
  page.on('crash', () => note('the page crashed'));
  return complaints;
}

/** Before anybody has signed in, asking who one is gets 401, which the console reports. */
export const asksWho = /status of 401 \(Unauthorized\) \/api\/session$/;
