package io.backstop.executor.auth;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Two daemon threads for token endpoints, since Google's library blocks while it asks one. They end
 * when there is nothing to refresh, so nobody has to close them.
 */
final class TokenRefreshThreads {
  private TokenRefreshThreads() {}

  static Executor start() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            2, 2, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TokenRefreshThreads::daemon);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "google-token-refresh");
    thread.setDaemon(true);
    return thread;
  }
}
