package framewise.vision.chat;

import framewise.vision.AskListener;
import framewise.vision.SentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Records the progress of a question. */
final class RecordingAskListener implements AskListener {
  final List<SentRequest> sent = new ArrayList<>();
  final List<String> partials = new ArrayList<>();
  final CountDownLatch begun = new CountDownLatch(1);
  private final boolean wantsPartial;

  RecordingAskListener(boolean wantsPartial) {
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
