package framewise.engine.files;

import java.time.Instant;

/**
 * A stored file, as listed.
 *
 * @param key its name in the store
 * @param bytes its size
 * @param modified when it was written; for a multipart upload, when the upload began
 */
public record FileEntry(String key, long bytes, Instant modified) {}
