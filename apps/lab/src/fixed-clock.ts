// Loaded into a process by `node --import`: its clock stands still at LAB_NOW, so that ages are exact to the ms.
const now = Number(process.env["LAB_NOW"]);
Date.now = () => now;
