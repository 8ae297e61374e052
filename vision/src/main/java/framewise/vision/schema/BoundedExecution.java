package framewise.vision.schema;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaException;
import framewise.time.Deadline;

/**
 * A check of an answer with a deadline: even with a small schema, the work may double with every
 * level of a nested answer. Used by one thread.
 */
final class BoundedExecution extends ExecutionContext {
  private final Deadline deadline;

  BoundedExecution(ExecutionConfig config, Deadline deadline) {
    super(config);
    this.deadline = deadline;
  }

  /** Called for each keyword and each element. */
  @Override
  public void evaluationPathAddLast(String step) {
    requireTime();
    super.evaluationPathAddLast(step);
  }

  @Override
  public void evaluationPathAddLast(int step) {
    requireTime();
    super.evaluationPathAddLast(step);
  }

  private void requireTime() {
    if (deadline.hasPassed()) {
      throw new SchemaException("checking an answer against it takes too long");
    }
  }
}
