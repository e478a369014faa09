/** `text` as a document of Wix's editor: one paragraph. */
export function richContent(text: string) {
  return {
    nodes: [{
      type: "PARAGRAPH",
      id: "p1",
      nodes: [{
        type: "TEXT",
        id: "",
        nodes: [],
        textData: { text, decorations: [] },
      }],
      paragraphData: { textStyle: { textAlignment: "AUTO" }, indentation: 0 },
    }],
    metadata: { version: 1 },
  } as const;
}
