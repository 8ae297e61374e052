package framewise.webrtc.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Keeps libwebrtc from printing while the process exits. Its static destructor attaches a thread to
 * the JVM, which has ended by then, and prints "VM attach current thread failed" to standard
 * output, where it would mislead programs that parse answers line by line. Exit handlers run newest
 * first, so one registered after the library was loaded closes standard output before the
 * destructor runs, and after the JVM has written everything.
 */
public final class ExitSilencer {
  private static final long STANDARD_OUTPUT = 1;

  private ExitSilencer() {}

  /** Registers the exit handler. Does nothing if the C library has no such function (Windows). */
  public static void register() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    Optional<MemorySegment> atExit = library.find("__cxa_atexit");
    Optional<MemorySegment> close = library.find("close");
    Optional<MemorySegment> flush = library.find("fflush");
    if (atExit.isEmpty() || close.isEmpty() || flush.isEmpty()) {
      return;
    }
    MethodHandle handle =
        linker.downcallHandle(
            atExit.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS));
    register(handle, close.get(), MemorySegment.ofAddress(STANDARD_OUTPUT));
    // Runs before the handler above: fflush(NULL) writes what other native code has buffered.
    register(handle, flush.get(), MemorySegment.NULL);
  }

  private static void register(
      MethodHandle atExit, MemorySegment function, MemorySegment argument) {
    try {
      // The last argument would name a shared object whose unloading also runs the handler.
      int _ = (int) atExit.invokeExact(function, argument, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException("the exit handler could not be registered", e);
    }
  }
}
