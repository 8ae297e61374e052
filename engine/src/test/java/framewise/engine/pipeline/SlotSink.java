package framewise.engine.pipeline;

import framewise.engine.source.TimedClip;
import framewise.media.NewestSlot;
import framewise.media.VideoInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Sink with one slot, which counts dropped clips and records reported videos. */
record SlotSink(NewestSlot<TimedClip> slot, AtomicLong dropped, List<VideoInfo> videos)
    implements Player.Sink {
  SlotSink() {
    this(new NewestSlot<>(TimedClip::close), new AtomicLong(), new ArrayList<>());
  }

  @Override
  public boolean isWanted() {
    return true;
  }

  @Override
  public void put(TimedClip clip) throws InterruptedException {
    slot.put(clip);
  }

  @Override
  public void replace(TimedClip clip) {
    if (slot.replace(clip)) {
      dropped.incrementAndGet();
    }
  }

  @Override
  public void skipped(long clips) {
    dropped.addAndGet(clips);
  }

  @Override
  public void began(VideoInfo video) {
    videos.add(video);
  }

  @Override
  public void resized(VideoInfo video) {
    videos.add(video);
  }
}
