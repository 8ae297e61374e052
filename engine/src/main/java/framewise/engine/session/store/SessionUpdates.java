package framewise.engine.session.store;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.money.Dollars;
import framewise.engine.money.SaturatingSums;
import framewise.engine.money.SpendingTotal;
import framewise.engine.session.view.VideoJson;
import framewise.engine.settings.SettingsJson;
import framewise.engine.settings.StreamSettings;
import framewise.media.VideoInfo;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Updates of a session's row, each in the transaction of the event that reports it. Any thread may
 * call them.
 */
public final class SessionUpdates {
  private SessionUpdates() {}

  /** Resets the crash count. */
  public static void forgetCrashes(Handle handle, SessionId id) {
    handle.execute("UPDATE session SET crashes = 0 WHERE id = ? AND crashes > 0", id.toString());
  }

  /** Stores when its video was deleted to free space. */
  public static void updateVideoDeleted(Handle handle, SessionId id, Instant at) {
    handle.execute(
        "UPDATE session SET video_deleted_at = ? WHERE id = ?", at.toEpochMilli(), id.toString());
  }

  /** Stores its status, with the reason for people. */
  public static void updateStatus(
      Handle handle, SessionId id, Status status, Optional<String> reason) {
    handle
        .createUpdate("UPDATE session SET status = :status, reason = :reason WHERE id = :id")
        .bind("status", status.wireName())
        .bind("reason", reason)
        .bind("id", id.toString())
        .execute();
  }

  /** Stores a display name; empty for the filename. */
  public static void updateName(Handle handle, SessionId id, Optional<String> name) {
    handle
        .createUpdate("UPDATE session SET name = :name WHERE id = :id")
        .bind("name", name)
        .bind("id", id.toString())
        .execute();
  }

  /** Stores the settings of its present or last run. */
  public static void updateSettings(Handle handle, SessionId id, StreamSettings settings) {
    handle
        .createUpdate("UPDATE session SET settings = :settings WHERE id = :id")
        .bind("settings", SettingsJson.write(settings).toString())
        .bind("id", id.toString())
        .execute();
  }

  /** Stores the properties of its video. */
  public static void updateVideo(Handle handle, SessionId id, VideoInfo video) {
    handle
        .createUpdate("UPDATE session SET video = :video WHERE id = :id")
        .bind("video", VideoJson.write(Optional.of(video)).toString())
        .bind("id", id.toString())
        .execute();
  }

  /** Adds to the number of its skipped clips. */
  public static void addDropped(Handle handle, SessionId id, long clips) {
    handle
        .createUpdate("UPDATE session SET dropped = dropped + :clips WHERE id = :id")
        .bind("clips", clips)
        .bind("id", id.toString())
        .execute();
  }

  /** Adds to the number of its unchanged clips. */
  public static void addUnchanged(Handle handle, SessionId id, long clips) {
    handle
        .createUpdate("UPDATE session SET unchanged = unchanged + :clips WHERE id = :id")
        .bind("clips", clips)
        .bind("id", id.toString())
        .execute();
  }

  /** Adds to its spending. */
  public static void addSpent(Handle handle, SessionId id, SpendingTotal spent) {
    handle
        .createUpdate(
            """
            UPDATE session SET
              input_tokens = %s,
              output_tokens = %s,
              unpriced = unpriced + :unpriced,
              cost = %s
            WHERE id = :id
            """
                .formatted(
                    SaturatingSums.tokens("input_tokens", ":input"),
                    SaturatingSums.tokens("output_tokens", ":output"),
                    SaturatingSums.cost("cost", ":cost")))
        .bind("input", spent.usage().inputTokens())
        .bind("output", spent.usage().outputTokens())
        .bind("unpriced", spent.unpriced())
        .bind("cost", Dollars.billionths(spent.dollars()))
        .bind("id", id.toString())
        .execute();
  }
}
