package lab;

import application.rest.LibertyRestEndpoint;
import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * Serves Bookinfo's reviews on port 9080. With the argument "train" it answers one call and ends, so that the classes it
 * takes to do so can be archived.
 */
public final class Reviews {
    private static final String EVERYWHERE = "http://0.0.0.0:9080/";

    public static void main(String[] args) throws Exception {
        HttpServer server =
                JdkHttpServerFactory.createHttpServer(
                        URI.create(EVERYWHERE), new ResourceConfig(LibertyRestEndpoint.class));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
        System.out.println("reviews listens on port 9080");
        if (args.length > 0 && args[0].equals("train")) {
            URI reviews = URI.create("http://localhost:9080/reviews/0");
            HttpRequest call = HttpRequest.newBuilder(reviews).build();
            HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofString());
            System.exit(0);
        }
    }

    private Reviews() {}
}
