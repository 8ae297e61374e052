package framewise.vision.schema;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaException;

/**
 * A check of an answer that ends in time: what a small schema asks of a nested answer may double
 * with every level. Used by one thread.
 */
final class BoundedExecution extends ExecutionContext {
  private final long deadline;

  /**
   * @param deadline of {@link System#nanoTime}
   */
  BoundedExecution(ExecutionConfig config, long deadline) {
    super(config);
    this.deadline = deadline;
  }

  /** Each keyword and each element comes by here. */
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
    if (System.nanoTime() - deadline > 0) {
      throw new SchemaException("it takes too long to check an answer against it");
    }
  }
}
