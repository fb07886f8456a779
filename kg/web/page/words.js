// Numbers as people read them.

export function inSeconds(milliseconds) {
  const seconds = milliseconds / 1000;
  return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
}

export function grouped(number) {
  return Number(number).toLocaleString("en");
}

export function counted(number, one, several) {
  return `${grouped(number)} ${number === 1 ? one : several}`;
}
