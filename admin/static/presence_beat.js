// A clock of its own: browsers slow down those of pages in the background.
setInterval(() => postMessage(null), 5000);
