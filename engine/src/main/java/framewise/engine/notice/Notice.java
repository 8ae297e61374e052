package framewise.engine.notice;

/**
 * A stored notice.
 *
 * @param number from 1, growing in the order of the commits; a number is never used twice
 * @param id unique among all notices of all installations, also after a backup is restored; at most
 *     40 characters
 * @param content what was stored
 */
public record Notice(long number, String id, NewNotice content) {}
