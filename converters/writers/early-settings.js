// Before anything is drawn, the page gets the settings that its reader has kept on this device.
(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('curbcut-reading-settings')) ?? {};
    for (const name of ['size', 'typeface', 'spacing', 'measure', 'theme', 'lines']) {
      if (/^[a-z0-9-]{1,20}$/.test(kept[name] ?? '')) document.documentElement.dataset[name] = kept[name];
    }
  } catch { /* nothing is kept, or nothing may be */ }
})();
