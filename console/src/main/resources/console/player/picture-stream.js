/**
 * Reads a session's preview: JPEGs in one response, each preceded by its length. Of several that arrived together, only
 * the newest is returned.
 *
 * @param {Response} response
 * @returns {AsyncGenerator<Blob>}
 */
export async function* pictures(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  let held = new Uint8Array(0);
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      held = joined(held, value);
      let newest;
      for (let part = firstPart(held); part; part = firstPart(held)) {
        newest = part.jpeg;
        held = held.subarray(part.end);
      }
      if (newest) {
        yield new Blob([newest], { type: 'image/jpeg' });
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** Maximum length of a header; longer data is not searched for its end. */
const MAX_HEAD_LENGTH = 1000;

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {{jpeg: Uint8Array<ArrayBuffer>, end: number} | undefined} undefined while it is incomplete
 */
function firstPart(bytes) {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, MAX_HEAD_LENGTH));
  const found = /Content-Length: (\d+)\r\n\r\n/i.exec(head);
  if (!found) {
    return undefined;
  }
  const start = found.index + found[0].length;
  const end = start + Number(found[1]);
  return end <= bytes.length ? { jpeg: bytes.slice(start, end), end } : undefined;
}

/**
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 */
function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * Draws a picture on a canvas, at its own size, without flicker.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Blob} jpeg
 */
export async function draw(canvas, jpeg) {
  const bitmap = await createImageBitmap(jpeg);
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}
