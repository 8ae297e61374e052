package framewise.webrtc;

import dev.onvoid.webrtc.internal.NativeObject;
import framewise.webrtc.library.NativeLibrary;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the reference that webrtc-java 0.14.0 keeps to a native object after it is closed: {@code
 * RTCPeerConnection.close()} never releases it, a leak of 110 kB per connection (fixed by upstream
 * pull request 283). Every reference-counted object of libwebrtc has AddRef and Release as the
 * first two entries of its virtual table. With any other build this does nothing: delete it when
 * the version changes.
 */
final class NativeRelease {
  private static final Logger LOG = LoggerFactory.getLogger(NativeRelease.class);
  private static final int RELEASE_SLOT = 1;
  private static final AddressLayout POINTER =
      ValueLayout.ADDRESS.withTargetLayout(
          java.lang.foreign.MemoryLayout.sequenceLayout(RELEASE_SLOT + 1, ValueLayout.ADDRESS));

  private static final MethodHandle RELEASE =
      Linker.nativeLinker()
          .downcallHandle(FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private NativeRelease() {}

  /** The address of an object's native half, read before closing and passed to {@link #release}. */
  static long address(NativeObject object) {
    if (!NativeLibrary.known()) {
      return 0;
    }
    try {
      Field handle = NativeObject.class.getDeclaredField("nativeHandle");
      handle.setAccessible(true);
      return handle.getLong(object);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("The native memory of a closed connection can't be freed: {}", e.toString());
      return 0;
    }
  }

  /** Drops one reference to the object at the address. Nothing may use the object afterwards. */
  static void release(long address) {
    if (address == 0) {
      return;
    }
    MemorySegment object =
        MemorySegment.ofAddress(address).reinterpret(ValueLayout.ADDRESS.byteSize());
    MemorySegment table = object.get(POINTER, 0);
    MemorySegment release = table.getAtIndex(ValueLayout.ADDRESS, RELEASE_SLOT);
    try {
      int _ = (int) RELEASE.invokeExact(release, object);
    } catch (Throwable e) {
      throw new PeerFault("Releasing a native connection failed", e);
    }
  }
}
