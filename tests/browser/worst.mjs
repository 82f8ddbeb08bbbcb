// A campaign at its worst: long titles, long words, no photo, sixty places, a menu of twelve entries.
import { Campaign } from './support.mjs';

/** When it is looked at: its lines stand. */
export const MOMENT = '2024-10-24T05:40';

const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const TITLE =
  'Nurses, therapists, aides, cooks, cleaners and clerks of all sixty hospitals walk out together at six in the morning ' +
  'for safe staffing, for a raise that keeps up with the rent, and for a pension that is one';
const TEXT = `Nobody has to read this, but it has to fit, ${WORD}. `.repeat(4).trim();

function location(n) {
  const name = [
    `Medical Center ${n}`,
    `${TITLE.slice(0, 90)} ${n}`,
    `${WORD} ${n}`,
  ][n % 3];
  const hours = ['6am-2pm', '10pm-6am', '6:30am-12:15pm'][n % 3];
  const changed = n % 7 === 0 ? 'changes:\n  - { date: 2024-10-24, status: cancelled, note: Smoke from the fires in the hills }\n' : '';
  return `---
name: ${name}
address: ${4900 + n} South ${n % 3 === 2 ? WORD : 'California'} Avenue
city: ${n % 3 === 1 ? 'Rancho Santa Margarita de las Flores' : 'Fontana'}
region: CA
postal_code: "9${String(1000 + n)}"
coordinates: ${(33 + n / 40).toFixed(4)}, ${(-117 - (n % 8) / 10).toFixed(4)}
shifts:
  - { days: every day, from: 2024-10-21, to: 2024-11-30, hours: ${hours} }
  - { days: [mon, thu], from: 2024-10-21, to: 2024-11-30, hours: 3pm-7pm, label: "Evening line, with soup and the ${WORD.slice(0, 40)}" }
${changed}parking: ${TEXT}
bring: Water
---
`;
}

export function worst() {
  const menu = Array.from({ length: 12 }, (_, n) =>
    n === 4 ? '{ label: What the hospitals say and what is true, to: about }' : `{ label: Entry ${n + 1}, to: ${['locations', 'statements', 'timelines', 'about'][n % 4]} }`,
  );
  const files = {
    'content/campaign.yaml': `title: ${TITLE}
tagline: ${TEXT}
base_url: https://union.example/
time_zone: America/Los_Angeles
languages: [en, es, de]
union:
  - { name: ${WORD}, local: "1199", about: "${TEXT}" }
  - { name: International Brotherhood of Everybody Who Works Anywhere At Night, short: IBEWAN }
employer: { name: Consolidated Hospitals of the Inland Empire and the High Desert, short: Consolidated }
phases: [ { phase: strike, from: 2024-10-21 06:00 } ]
action: { label: "Write to the ${WORD.slice(0, 50)} and ask for an answer before Friday", url: about }
alert:
  - { text: "${TITLE}", link: about, from: 2024-10-20, until: 2024-11-30 }
  - { text: "${WORD}", from: 2024-10-20, until: 2024-11-30 }
press: { name: ${WORD}, role: "${TITLE.slice(0, 60)}", phone: +1 414 555 0142, email: "press.office.of.all.the.unions@a-very-long-name-of-a-union.example" }
menu: [ ${menu.join(', ')} ]
signs: [ On strike ]
redirects: { picket: locations }
`,
    'content/index.md': `---\ntitle: ${TITLE}\nkey_points:\n  - ${TEXT}\n  - "**$50 million**, ${WORD}"\n---\n\n${TEXT}\n\n| Place | ${WORD} | Share |\n| --- | --- | --- |\n| South | ${WORD} | 3,000 |\n`,
    'content/about.md': `---\ntitle: ${WORD}\n---\n\n## ${WORD}\n\n${TEXT}\n\n> ${TEXT}\n\n1. ${WORD}\n2. ${TEXT}\n\n\`${'x'.repeat(200)}\`\n`,
    'content/press.md': `---\ntitle: For the press\nlayout: press\nkey_points:\n  - "**2,400** ${TEXT}"\n---\n\n${TEXT}\n`,
    'content/statements/2024-10-22-long.md': `---\ntitle: ${TITLE}\ndate: 2024-10-22\nsummary: ${TEXT}\ntags: [${WORD}, pay]\ndateline: ${WORD}\nlocations: [place-1, place-2]\nspeakers:\n  - { name: ${WORD}, role: "${TITLE.slice(0, 80)}", quote: "${TEXT}" }\nsources: [ { title: "${TITLE}", url: "https://union.example/${'very-long-path/'.repeat(12)}" } ]\ncorrections: [ { date: 2024-10-23, text: "${TEXT}" } ]\n---\n\n${TEXT}\n`,
    'content/statements/2024-10-23-word.md': `---\ntitle: ${WORD}\ndate: 2024-10-23\ntags: [pay]\n---\n\n${TEXT}\n`,
    'content/statements/2024-10-23-theirs.md': `---\ntitle: ${TITLE}\ndate: 2024-10-23\nissuer: { name: Consolidated Hospitals of the Inland Empire and the High Desert, side: employer }\nsource: { title: "${TITLE}", url: "https://hospitals.example/" }\n---\n\n${TEXT}\n`,
    'content/timelines/story.md': `---\ntitle: ${TITLE}\nevents:\n  - { date: 2024-10-21, title: "${TITLE}", text: "${TEXT}" }\n  - { date: 2024-10-22, title: ${WORD}, text: "${TEXT}", source: { title: "${WORD}", url: "https://union.example/x" } }\n---\n`,
    'content/events/2024-11-02-march.md': `---\ntitle: ${TITLE}\ndate: 2024-11-02\nhours: 12pm-1pm\nlocation: place-2\nspeakers: ["${WORD}", "${TITLE}"]\n---\n\n${TEXT}\n`,
  };
  for (let n = 1; n <= 60; n += 1) files[`content/locations/place-${n}.md`] = location(n);
  return new Campaign(files);
}

/** A page of each kind. */
export const PAGES = [
  '/',
  '/es/',
  '/locations/',
  '/locations/place-1/',
  '/locations/place-2/',
  '/statements/',
  '/statements/long/',
  '/statements/word/',
  '/statements/theirs/',
  '/timelines/',
  '/timelines/story/',
  '/events/march/',
  '/tags/pay/',
  '/about/',
  '/press/',
  '/404.html',
];
