package framewise.server.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.server.config.ByteSize;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FullDiskIsReportedTest {
  private static final String FORM =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nxyz\r\n--b--\r\n";

  @Test
  @EnabledOnOs(OS.LINUX)
  void duringAWrite() {
    // Every write to this device fails as on a full disk.
    Path full = Path.of("/dev/full");
    var form = new ByteArrayInputStream(FORM.getBytes(StandardCharsets.UTF_8));

    var refused =
        catchThrowableOfType(
            RefusedException.class,
            () -> Upload.receive(form, "b", full, ByteSize.ofMegabytes(1), "video"));

    assertThat(refused.refusal().code()).isEqualTo(Code.DISK_FULL);
    assertThat(refused.refusal().detail()).contains("no space").contains("FRAMEWISE_DATA");
  }
}
