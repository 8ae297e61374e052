package framewise.engine.notice;

/**
 * A stored notice.
 *
 * @param number from 1, increasing in commit order; never reused
 * @param id globally unique, across installations and restored backups; at most 40 characters
 * @param content what was stored
 */
public record Notice(long number, String id, NewNotice content) {}
