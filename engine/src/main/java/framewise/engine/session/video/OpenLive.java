package framewise.engine.session.video;

import framewise.engine.keep.FrameKeeper;
import framewise.engine.pipeline.Run;
import framewise.engine.source.LivePictures;
import framewise.engine.source.PictureForm;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.engine.source.WatchedSource;

/**
 * Live video that a run plays.
 *
 * @param source closed with this
 * @param keeper keeps its pictures from the first one on; closed with this
 */
record OpenLive(WatchedSource source, FrameKeeper keeper) implements Run.OpenedVideo {
  @Override
  public double fps(double wanted) {
    return wanted;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Source open(PictureForm form, Schedule schedule) {
    return new LivePictures(source.view(), form);
  }

  @Override
  public long memoryBytes() {
    return source.memoryBytes();
  }

  @Override
  public void began() {
    keeper.start();
  }

  @Override
  public void close() {
    keeper.close();
    source.close();
  }
}
