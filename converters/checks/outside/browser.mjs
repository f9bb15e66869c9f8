// The system's own browser, named by the variable CHROMIUM: nothing is downloaded.
import { need } from './packages.mjs';

const { chromium } = need('playwright-core');

const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required', '--mute-audio',
];

// WCAG 2.2 1.4.10: a 1280 x 1024 window at 400 % is 320 x 256 CSS pixels.
export const DESK = { width: 1280, height: 1024 };
export const NARROW = { width: 320, height: 640 };

// A page of our own needs no box around it; a stranger's has one wherever the system gives one, which it does not to root.
export const launch = ({ stranger = false, ...options } = {}) => chromium.launch({
  executablePath: process.env.CHROMIUM,
  headless: true,
  chromiumSandbox: stranger && process.getuid?.() !== 0,
  args: FLAGS,
  ...options,
});
