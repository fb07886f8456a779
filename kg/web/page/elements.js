// Make elements of a page; text goes in as text, whatever it looks like.

export function element(name, properties = {}, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}
