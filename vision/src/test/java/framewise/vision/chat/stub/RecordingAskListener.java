package framewise.vision.chat.stub;

import framewise.vision.AskListener;
import framewise.vision.SentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Records the progress of a question. */
public final class RecordingAskListener implements AskListener {
  public final List<SentRequest> sent = new ArrayList<>();
  public final List<String> partials = new ArrayList<>();
  public final CountDownLatch begun = new CountDownLatch(1);
  private final boolean wantsPartial;

  public RecordingAskListener(boolean wantsPartial) {
    this.wantsPartial = wantsPartial;
  }

  @Override
  public void sending(SentRequest request) {
    sent.add(request);
  }

  @Override
  public boolean wantsPartial() {
    return wantsPartial;
  }

  @Override
  public void partial(String text) {
    partials.add(text);
    begun.countDown();
  }
}
