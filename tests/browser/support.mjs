// A campaign in a folder of its own, the preview of it, its site, and a browser without a past.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const HANDBILL = process.env.HANDBILL ?? join(import.meta.dirname, '../../target/debug/handbill');

const CAMPAIGN = `title: Care can't wait
base_url: https://union.example/
time_zone: America/Los_Angeles
union: { name: United Nurses, short: UN }
`;

/** A text that is longer than any window. */
export const LONG = Array.from({ length: 60 }, (_, n) => `Paragraph ${n} of a long text.`).join('\n\n');

export function statement(title, body, more = '') {
  return `---\ntitle: ${title}\ndate: 2024-10-22\n${more}---\n\n${body}\n`;
}

/** What is written is there at once and whole, as editors with atomic saving do it. */
export class Campaign {
  root = mkdtempSync(join(tmpdir(), 'handbill-preview-'));

  constructor(files = {}) {
    this.put('content/campaign.yaml', CAMPAIGN);
    this.put('content/index.md', "---\ntitle: Care can't wait\n---\n\nWe strike.\n");
    this.put('content/statements/day-2.md', statement('Day 2', LONG));
    this.put('content/statements/day-3.md', statement('Day 3', 'The lines hold.'));
    for (const [path, text] of Object.entries(files)) this.put(path, text);
  }

  put(path, text) {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  }

  remove(path) {
    rmSync(join(this.root, path));
  }

  end() {
    rmSync(this.root, { recursive: true });
  }
}

/** `handbill serve` as a process. */
export class Preview {
  static async start(campaign, ...options) {
    const preview = new Preview();
    preview.campaign = campaign;
    preview.options = options;
    await preview.#run(0);
    return preview;
  }

  async #run(port) {
    const environment = { ...process.env };
    delete environment.SOURCE_DATE_EPOCH;
    this.process = spawn(HANDBILL, ['serve', '--root', this.campaign.root, '--port', port, ...this.options], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.said = '';
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (text) => (this.said += text));
    }
    this.url = await this.says(/The preview is at (http:\S+)/);
  }

  /** Waits until it prints something, and gives the first group of that. */
  async says(pattern) {
    for (;;) {
      const found = this.said.match(pattern);
      if (found) return found[1];
      if (this.process.exitCode !== null) throw new Error(`the preview ended: ${this.said}`);
      await Promise.race([once(this.process.stdout, 'data'), once(this.process, 'exit')]);
    }
  }

  /** Ends it as a crash would, and starts it again at the same place. */
  async restart(between = () => {}) {
    const { port } = new URL(this.url);
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
    await between();
    await this.#run(port);
  }

  async stop() {
    this.process.kill('SIGINT');
    const [status] = await once(this.process, 'exit');
    rmSync(this.campaign.root, { recursive: true });
    return status;
  }
}

export async function browser(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'handbill-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(10_000);
  return {
    context,
    async end() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a page and waits until the bar says something about it. */
export async function open(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('handbill-preview .count span').first().waitFor({ state: 'attached' });
  // Whether the page was loaded again can be told by whether this is still there.
  await page.evaluate(() => (window.firstLoad = true));
  return page;
}

export const isFirstLoad = (page) => page.evaluate(() => window.firstLoad === true);

/** The site of a campaign, built as of a moment, at an address of its own. */
export async function published(root, moment) {
  const folder = mkdtempSync(join(tmpdir(), 'handbill-site-'));
  const out = join(folder, 'public');
  execFileSync(HANDBILL, ['build', '--root', root, '--output', out, '--as-of', moment], { stdio: 'pipe' });
  const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = join(out, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (!existsSync(file)) return answer.writeHead(404).end();
    answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    answer.end(readFileSync(file));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    out,
    /** The moment as of which it was built. */
    now: readFileSync(join(out, 'index.html'), 'utf8').match(/data-as-of="([^"]+)"/)[1],
    url: `http://127.0.0.1:${server.address().port}`,
    end() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
