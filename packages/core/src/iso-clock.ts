const msPerHour = 3_600_000;

/**
 * Writes moments down as `Date.toISOString` does, several times faster where one is in the hour of the one before, as in a
 * conversation.
 * @returns takes epoch ms; a fraction is cut off, as a Date does
 */
export function isoClock(): (time: number) => string {
  let hour: number | undefined;
  let text = "";
  return (time) => {
    const atMs = Math.trunc(time);
    const now = Math.floor(atMs / msPerHour);
    if (now !== hour) {
      hour = now;
      text = new Date(now * msPerHour).toISOString().slice(0, -lengthInHour);
    }
    const inHour = atMs - now * msPerHour;
    const minute = Math.floor(inHour / 60_000);
    const second = Math.floor(inHour / 1000) % 60;
    return `${text}${twoDigits[minute]}:${twoDigits[second]}.${threeDigits[inHour % 1000]}Z`;
  };
}

const lengthInHour = "00:00.000Z".length;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const threeDigits = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, "0"));
