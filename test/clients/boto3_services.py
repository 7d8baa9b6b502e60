"""S3, Kinesis and EC2 with boto3 as it is: the endpoint comes from AWS_ENDPOINT_URL, the keys from the environment.

Prints one JSON line a row: {"id", "title", "failure"?}.
"""

import hashlib
import io
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
resource = boto3.resource("s3")
kinesis = boto3.client("kinesis")
ec2 = boto3.client("ec2")
BUCKET = "boto-own"
BIG = b"twenty megabytes of this; " * 806597


def admin(path, body=None):
    request = urllib.request.Request(
        f"{os.environ['AWS_ENDPOINT_URL']}/_sandbox/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def refused(code, call, **given):
    try:
        call(**given)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error.response["Error"]["Message"]
    raise AssertionError(f"{code} expected")


def b1():
    """upload_file, download_file, in parts"""
    s3.create_bucket(Bucket=BUCKET)
    s3.upload_fileobj(io.BytesIO(BIG), BUCKET, "big", ExtraArgs={"Metadata": {"a": "b"}})
    back = io.BytesIO()
    s3.download_fileobj(BUCKET, "big", back, Config=TransferConfig(max_concurrency=4))
    assert hashlib.sha256(back.getvalue()).digest() == hashlib.sha256(BIG).digest()
    head = s3.head_object(Bucket=BUCKET, Key="big")
    assert head["ETag"].endswith('-3"') and head["Metadata"] == {"a": "b"}, head
    assert s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads") is None


def b2():
    """paginators, resources"""
    bucket = resource.Bucket(BUCKET)
    for number in range(25):
        bucket.put_object(Key=f"many/{number:02}", Body=b"x")
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="many/", PaginationConfig={"PageSize": 10}))
    assert [len(page["Contents"]) for page in pages] == [10, 10, 5], pages
    assert len(list(bucket.objects.filter(Prefix="many/").limit(12))) == 12
    assert resource.Object(BUCKET, "many/07").get()["Body"].read() == b"x"
    bucket.objects.filter(Prefix="many/").delete()
    assert [each.key for each in bucket.objects.all()] == ["big"]


def b3():
    """every checksum, sent before and behind the body"""
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        s3.put_object(Bucket=BUCKET, Key=algorithm, Body=b"sum", ChecksumAlgorithm=algorithm)
        head = s3.head_object(Bucket=BUCKET, Key=algorithm, ChecksumMode="ENABLED")
        assert f"Checksum{algorithm}" in head, head
        s3.put_object(Bucket=BUCKET, Key=algorithm, Body=io.BytesIO(b"sum"), ChecksumAlgorithm=algorithm)
        assert s3.get_object(Bucket=BUCKET, Key=algorithm, ChecksumMode="ENABLED")["Body"].read() == b"sum"
    refused("BadDigest", s3.put_object, Bucket=BUCKET, Key="no", Body=b"x", ChecksumCRC32="AAAAAA==")


def b4():
    """generate_presigned_url, both signatures"""
    for version in ("s3", "s3v4"):
        client = boto3.client("s3", config=Config(signature_version=version))
        url = client.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "SHA1"})
        assert urllib.request.urlopen(url).read() == b"sum"
        url = client.generate_presigned_url("list_objects_v2", {"Bucket": BUCKET, "Prefix": "b"})
        assert b"<Key>big</Key>" in urllib.request.urlopen(url).read()


def b5():
    """generate_presigned_post"""
    form = s3.generate_presigned_post(BUCKET, "up/${filename}", Fields={"acl": "bucket-owner-full-control"},
                                      Conditions=[{"acl": "bucket-owner-full-control"}, ["content-length-range", 1, 99]])
    assert send(form, b"posted") == 204
    assert s3.get_object(Bucket=BUCKET, Key="up/f.txt")["Body"].read() == b"posted"
    assert send(form, b"x" * 100) == 400
    form["fields"]["key"] = "elsewhere"
    assert send(form, b"posted") == 403


def send(form, data):
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in form["fields"].items()]
    file = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n\r\n'
    body = "".join(parts).encode() + file.encode() + data + f"\r\n--{mark}--\r\n".encode()
    head = {"content-type": f"multipart/form-data; boundary={mark}"}
    try:
        return urllib.request.urlopen(urllib.request.Request(form["url"], data=body, headers=head)).status
    except urllib.error.HTTPError as error:
        return error.code


def b6():
    """virtual-hosted style, another region's bucket"""
    west = boto3.client("s3", region_name="eu-west-1")
    west.create_bucket(Bucket="boto-west", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket="boto-west", Key="k", Body=b"found")
    assert s3.get_object(Bucket="boto-west", Key="k")["Body"].read() == b"found"
    assert s3.head_bucket(Bucket="boto-west")["BucketRegion"] == "eu-west-1"
    path = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
    assert path.list_objects_v2(Bucket=BUCKET)["KeyCount"] > 1


def b7():
    """bucket waiters and the end of a bucket"""
    s3.get_waiter("bucket_exists").wait(Bucket=BUCKET)
    s3.get_waiter("object_exists").wait(Bucket=BUCKET, Key="big")
    refused("BucketNotEmpty", s3.delete_bucket, Bucket=BUCKET)
    for name in (BUCKET, "boto-west"):
        resource.Bucket(name).objects.all().delete()
        resource.Bucket(name).delete()
    s3.get_waiter("bucket_not_exists").wait(Bucket=BUCKET)


def k1():
    """kinesis waiters, records in order"""
    kinesis.create_stream(StreamName="boto", ShardCount=1)
    admin("clock", {"advance": "1m"})
    kinesis.get_waiter("stream_exists").wait(StreamName="boto")
    kinesis.put_records(StreamName="boto", Records=[{"Data": str(n).encode(), "PartitionKey": "k"} for n in range(5)])
    shard = kinesis.list_shards(StreamName="boto")["Shards"][0]["ShardId"]
    at = kinesis.get_shard_iterator(StreamName="boto", ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    assert [each["Data"] for each in kinesis.get_records(ShardIterator=at)["Records"]] == [b"0", b"1", b"2", b"3", b"4"]
    admin("clock", {"advance": "6m"})
    refused("ExpiredIteratorException", kinesis.get_records, ShardIterator=at)
    kinesis.delete_stream(StreamName="boto")
    admin("clock", {"advance": "1m"})
    kinesis.get_waiter("stream_not_exists").wait(StreamName="boto")


def e1():
    """ec2 waiters and resources"""
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    made = boto3.resource("ec2").create_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=2)
    ids = [each.id for each in made]
    for act, state in ((None, "running"), (ec2.stop_instances, "stopped"), (ec2.terminate_instances, "terminated")):
        if act is not None:
            act(InstanceIds=ids)
        admin("clock", {"advance": "2m"})
        ec2.get_waiter(f"instance_{state}").wait(InstanceIds=ids)
    refused("IncorrectInstanceState", ec2.start_instances, InstanceIds=ids)


for row in (b1, b2, b3, b4, b5, b6, b7, k1, e1):
    result = {"id": row.__name__.upper(), "title": row.__doc__}
    try:
        row()
    except Exception as error:  # whatever it is, it is this row's result
        result["failure"] = f"{type(error).__name__}: {error}"
    print(json.dumps(result), flush=True)
