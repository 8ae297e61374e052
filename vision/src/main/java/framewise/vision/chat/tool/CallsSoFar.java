package framewise.vision.chat.tool;

import framewise.vision.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of a reply while it arrives. Used by one thread at a time. */
public final class CallsSoFar {
  /** A reply with more is not continued: each is an object in memory and on the client's wire. */
  private static final int MAX_COUNT = 256;

  /** Maximum characters of all arguments. */
  private static final int MAX_LENGTH = 1 << 18;

  private final List<Call> calls = new ArrayList<>();
  private int characters;
  private boolean cut;

  private static final class Call {
    private final int index;
    private final String stated;
    private final String id;
    private final StringBuilder arguments = new StringBuilder();
    private String name = "";

    Call(int index, String stated) {
      this.index = index;
      this.stated = stated;
      this.id = SignedId.of(stated, ""); // some local servers do not name their calls
    }

    ToolCall call(boolean whole) {
      String text = arguments.toString();
      return new ToolCall(id, name, whole && text.isBlank() ? "{}" : text);
    }
  }

  public void add(CallPart part) {
    Optional<Call> found = find(part);
    if (found.isEmpty() && calls.size() == MAX_COUNT) {
      return;
    }
    Call call = found.orElseGet(() -> begin(part));
    if (call.name.isEmpty()) {
      call.name = part.name();
    }
    int room = MAX_LENGTH - characters;
    int taken = Math.min(room, part.arguments().length());
    cut |= taken < part.arguments().length();
    characters += taken;
    call.arguments.append(part.arguments(), 0, taken);
  }

  /** Forgets all calls: the reply starts over. */
  public void clear() {
    calls.clear();
    characters = 0;
    cut = false;
  }

  /** Whether arguments were dropped because there was too much. */
  public boolean isCut() {
    return cut;
  }

  public boolean isEmpty() {
    return calls.isEmpty();
  }

  /** The calls whose name is known, the last one's arguments possibly incomplete. */
  public List<ToolCall> soFar() {
    return calls.stream()
        .filter(call -> !call.name.isEmpty())
        .map(call -> call.call(false))
        .toList();
  }

  /** The calls of a reply that has ended. */
  public List<ToolCall> whole() {
    return calls.stream()
        .filter(call -> !call.name.isEmpty())
        .map(call -> call.call(true))
        .toList();
  }

  /** The call that a part continues; empty for a new one. Some gateways number all calls 0. */
  private Optional<Call> find(CallPart part) {
    boolean named = !part.id().isEmpty();
    if (part.index() < 0) {
      boolean continues = !named && part.name().isEmpty() && !calls.isEmpty();
      return continues ? Optional.of(calls.getLast()) : Optional.empty();
    }
    return calls.reversed().stream()
        .filter(call -> call.index == part.index())
        .filter(call -> !named || call.stated.isEmpty() || call.stated.equals(part.id()))
        .findFirst();
  }

  private Call begin(CallPart part) {
    Call call = new Call(part.index(), part.id());
    calls.add(call);
    return call;
  }
}
