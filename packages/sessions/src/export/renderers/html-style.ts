/** The look of an exported page, light and dark. */
export const htmlStyle = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; font-size: 0.875rem; margin-bottom: 1rem; }
th { text-align: start; font-weight: 600; padding: 0.1rem 1rem 0.1rem 0; vertical-align: top; }
td, .text, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
article { border-inline-start: 4px solid #8888; padding: 0.25rem 0 0.25rem 1rem; margin: 1rem 0; }
article.user { border-color: #36c; }
article.assistant { border-color: #2a7; }
h3 { margin: 0; font-size: 0.875rem; }
time, .note, summary { font-weight: 400; opacity: 0.75; font-size: 0.875rem; }
pre { font-size: 0.875rem; background: #8881; padding: 0.5rem; }
`;
